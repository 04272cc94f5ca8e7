// Paths of the extension, not of this page.
chrome.devtools.panels.create('Flambe', 'icons/32.png', 'panel/index.html');
