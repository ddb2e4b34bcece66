/**
 * Next (16.4.6, incremental-cache `set`) measures every page it hands to a cache by writing it all as JSON, though it looks
 * at the length only for fetches. In JSON a buffer is an array of its bytes in decimal: 28 ms for a page of search results,
 * more than its making. A large buffer is written as an empty one here; nothing in a process that serves pages has a use
 * for its bytes in decimal.
 */

const LARGE_BYTES = 4096;
const toJson = Buffer.prototype.toJSON;

Buffer.prototype.toJSON = function toShortJson(this: Buffer) {
  return this.length < LARGE_BYTES ? toJson.call(this) : { type: 'Buffer', data: [] };
};
