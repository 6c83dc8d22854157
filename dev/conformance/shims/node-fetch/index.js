// Node's own fetch in the place of node-fetch, which Debian does not package.
export default globalThis.fetch;
