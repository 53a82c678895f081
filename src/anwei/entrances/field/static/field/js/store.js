// What the phone keeps: one IndexedDB store of entries. An entry is one form: its own number, the phone's time, address, fields, files.

const NAME = "anwei-field";
const ENTRIES = "entries";

function open() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES, { keyPath: "id" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function run(mode, act) {
  const database = await open();
  try {
    return await new Promise((done, failed) => {
      const transaction = database.transaction(ENTRIES, mode, { durability: "strict" });
      const request = act(transaction.objectStore(ENTRIES));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const put = (entry) => run("readwrite", (entries) => entries.put(entry));
export const remove = (id) => run("readwrite", (entries) => entries.delete(id));
export const all = async () => (await run("readonly", (entries) => entries.getAll())).sort((one, other) => one.order - other.order);
