import type { ESTree } from 'meriyah';
import type { Label } from './naming.ts';
import * as naming from './naming.ts';
import { forEachChild, isNode, type Node, openingParenthesis } from './syntax.ts';

/** What people tell functions apart by; a class is its constructor. */
export const functionKinds = ['function', 'arrow', 'method', 'getter', 'setter', 'class'] as const;
export type FunctionKind = (typeof functionKinds)[number];

/** A function as it was found in the syntax tree. Offsets into the text. */
export interface FoundFunction {
  readonly kind: FunctionKind;
  readonly async: boolean;
  readonly generator: boolean;
  readonly label: Label;
  /** The whole of it, a method's name included. */
  readonly start: number;
  readonly end: number;
  /** Where V8 says that the function is: see functions.ts. */
  readonly place: number;
}

/** Every function below a node, in no order. Goes without recursion, as chains of `+` make trees of any depth. */
export function findFunctions(program: Node, text: string): FoundFunction[] {
  const found: FoundFunction[] = [];
  const nodes: Node[] = [program];
  const labels: (Label | undefined)[] = [undefined];
  const push = (node: Node | null | undefined, label?: Label) => {
    if (!node) return;
    nodes.push(node);
    labels.push(label);
  };

  function addFunction(node: FunctionNode, label: Label, kind: FunctionKind, place: number, start = node.start!) {
    const { async, generator } = node;
    found.push({ kind, async, generator, label, place, start, end: node.end! });
    for (const parameter of node.params) push(parameter);
    push(node.body);
  }

  function addClass(node: ESTree.ClassDeclaration | ESTree.ClassExpression, around: Label | undefined) {
    const label = (around?.described ? undefined : around) ?? (node.id && naming.named(node.id));
    const creates = node.body.body.find((one) => one.type === 'MethodDefinition' && one.kind === 'constructor');
    const place = creates?.type === 'MethodDefinition' ? creates.value.start! : keywordOf(node);
    const rest = { kind: 'class', async: false, generator: false, start: node.start!, end: node.end! } as const;
    found.push({ ...rest, label: label ?? around ?? naming.anonymousClass, place });
    forEachChild(node, push);
  }

  /** `class` comes after its decorators. */
  function keywordOf({ start, decorators = [] }: ESTree.ClassDeclaration | ESTree.ClassExpression) {
    const last = decorators.at(-1);
    return last ? text.indexOf('class', last.end) : start!;
  }

  function addMethod(
    method: ESTree.MethodDefinition | ESTree.Property,
    value: ESTree.FunctionExpression,
    label: Label,
  ) {
    const kind = method.kind === 'get' ? 'getter' : method.kind === 'set' ? 'setter' : 'method';
    const whole = kind === 'method' ? label : naming.withSuffix(label, ` (${method.kind})`);
    addFunction(value, whole, kind, value.start!, method.start);
    if (method.computed) push(method.key);
    if (method.type === 'MethodDefinition') for (const decorator of method.decorators ?? []) push(decorator);
  }

  function visitArguments(node: ESTree.CallExpression | ESTree.NewExpression, label: Label | undefined) {
    push(node.callee, node.type === 'CallExpression' && isFunction(node.callee) ? naming.calledAtOnce : undefined);
    for (const [index, argument] of node.arguments.entries()) {
      if (isFunction(argument)) push(argument, naming.ofArgument(node, index, label));
      else push(argument, argument.type === 'ObjectExpression' ? label : undefined);
    }
  }

  function visit(node: Node, label: Label | undefined) {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression': {
        const own = node.id ? naming.named(node.id) : label;
        addFunction(node, own ?? naming.anonymous, 'function', openingParenthesis(text, node));
        return;
      }
      case 'ArrowFunctionExpression':
        addFunction(node, label ?? naming.anonymous, 'arrow', node.start!);
        return;
      case 'ClassDeclaration':
        addClass(node, node.id ? naming.named(node.id) : label);
        return;
      case 'ClassExpression':
        addClass(node, label);
        return;
      case 'MethodDefinition':
        if (node.kind !== 'constructor') addMethod(node, node.value, naming.ofMember(node));
        else {
          for (const parameter of node.value.params) push(parameter);
          push(node.value.body);
        }
        return;
      case 'PropertyDefinition':
      case 'AccessorProperty':
        push(node.value, naming.ofMember(node));
        if (node.computed) push(node.key);
        for (const decorator of node.decorators ?? []) push(decorator);
        return;
      case 'ObjectExpression':
        for (const property of node.properties) push(property, label);
        return;
      case 'Property': {
        const { value } = node;
        const own = naming.ofProperty(node, label);
        if (value.type === 'FunctionExpression' && (node.method || node.kind !== 'init')) {
          addMethod(node, value, own);
          return;
        }
        push(value, own);
        if (node.computed) push(node.key);
        return;
      }
      case 'ArrayExpression':
        for (const [index, element] of node.elements.entries()) push(element, naming.ofElement(label, index));
        return;
      case 'VariableDeclarator':
        if (node.id.type !== 'Identifier') push(node.id);
        push(node.init, naming.ofAssignment(node.id));
        return;
      case 'AssignmentExpression':
      case 'AssignmentPattern':
        if (node.left.type !== 'Identifier') push(node.left);
        push(node.right, naming.ofAssignment(node.left));
        return;
      case 'CallExpression':
      case 'NewExpression':
        visitArguments(node, label);
        return;
      case 'TaggedTemplateExpression':
        push(node.tag);
        for (const part of node.quasi.expressions) push(part, naming.ofTemplate(node));
        return;
      case 'ConditionalExpression':
        push(node.test);
        push(node.consequent, label);
        push(node.alternate, label);
        return;
      case 'LogicalExpression':
        push(node.left, label);
        push(node.right, label);
        return;
      case 'SequenceExpression':
        for (const one of node.expressions) push(one, one === node.expressions.at(-1) ? label : undefined);
        return;
      case 'ReturnStatement':
        push(node.argument, isFunction(node.argument) ? naming.returned : undefined);
        return;
      case 'ExportDefaultDeclaration':
        push(node.declaration, naming.exportDefault);
        return;
      case 'Identifier':
      case 'Literal':
        return;
      default:
        forEachChild(node, push);
    }
  }

  for (let node = nodes.pop(); node; node = nodes.pop()) visit(node, labels.pop());
  return found;
}

type FunctionNode = ESTree.FunctionDeclaration | ESTree.FunctionExpression | ESTree.ArrowFunctionExpression;

function isFunction(value: unknown): boolean {
  return (
    isNode(value) &&
    (value.type === 'FunctionExpression' ||
      value.type === 'ArrowFunctionExpression' ||
      (value.type === 'ClassExpression' && !value.id))
  );
}
