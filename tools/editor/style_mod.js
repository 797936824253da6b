// style-mod puts a <style> element into the head of a document, which `style-src 'self'` refuses. Seen as something
// without a head, the document gets its rules as an adopted style sheet instead, which the policy allows.
import { StyleModule } from "style-mod";

class HeadlessRoot {
  constructor(root) {
    this.root = root;
    this.ownerDocument = root.ownerDocument || root;
  }

  get adoptedStyleSheets() {
    return this.root.adoptedStyleSheets;
  }

  set adoptedStyleSheets(sheets) {
    this.root.adoptedStyleSheets = sheets;
  }
}

const roots = new WeakMap();
const mountInHead = StyleModule.mount;

StyleModule.mount = (root, modules) => {
  if (!roots.has(root)) roots.set(root, new HeadlessRoot(root));
  mountInHead(roots.get(root), modules);
};

export { StyleModule };
