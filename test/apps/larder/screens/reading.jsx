import { useState } from 'react';
import { BookError, readBook, writeBook } from '../model/book.ts';
import { recipes } from '../model/recipes.ts';

const book = writeBook(recipes);

export default function Reading() {
  const [entries, setEntries] = useState([]);
  const [fault, setFault] = useState('');

  function read(text) {
    try {
      setEntries(readBook(text));
      setFault('');
    } catch (error) {
      if (!(error instanceof BookError)) throw error;
      setEntries([]);
      setFault(error.message);
    }
  }

  return (
    <>
      <h1>Reading</h1>
      <button type="button" onClick={() => read(book)}>
        Read the book
      </button>
      <button type="button" onClick={() => read(`${book}\ntorn page`)}>
        Read the torn book
      </button>
      <p role="status">{entries.length} recipes read</p>
      {fault && <p role="alert">{fault}</p>}
    </>
  );
}
