/**
 * The reader's settings, put on the page before anything is shown, so that no theme flashes and nothing moves later.
 * It stands in the page itself: as a file it would cost every first visit another journey before the first paint. The
 * policy of a page allows exactly this text, by its hash (plain-html.ts).
 *
 * `public/reader/state.js` knows what is in the storage; here it is enough to trust nothing.
 */
export const EARLY_SCRIPT = `(function(d){
var h=d.documentElement,s={},r=[],c={theme:/^(light|dark)$/,size:/^(small|large|huge)$/,abstracts:/^(titles|lines|full)$/};
h.dataset.scripted="";
try{s=JSON.parse(localStorage.getItem("paperboy:settings"))||{};r=JSON.parse(localStorage.getItem("paperboy:read"))||[]}catch(e){}
for(var k in c)if(typeof s[k]=="string"&&c[k].test(s[k]))h.dataset[k]=s[k];
if(s.hideRead===true&&Array.isArray(r)){h.dataset.hideRead="";
var e=d.createElement("style");e.id="early-style";
e.textContent=r.slice(-1000).filter(function(i){return typeof i=="string"&&/^[\\w.:\\/%-]{1,300}$/.test(i)}).map(function(i){return'.story[data-paper="'+i+'"]{display:none}'}).join("");
d.head.append(e)}
})(document)`;
