import { parseXml, XmlElement } from "@rgrove/parse-xml";

/** An answer's elements. Text is trimmed; what is not there is an empty text or list. */
export interface XmlTree {
  readonly name: string;
  text(child: string): string;
  all(child: string): readonly XmlTree[];
}

/**
 * Reads a document of at most 8 Mi characters; undefined where it is none. Entities of its own (a "bomb") and other documents are not resolved by the
 * parser: a document that uses them is none.
 */
export function readXml(text: string): XmlTree | undefined {
  if (text.length > 8 * 1024 * 1024) return undefined;
  try {
    const { root } = parseXml(text);
    return root === null ? undefined : treeOf(root);
  } catch {
    return undefined;
  }
}

function treeOf(element: XmlElement): XmlTree {
  const named = (child: string): readonly XmlElement[] =>
    element.children.filter((each): each is XmlElement => each instanceof XmlElement && each.name === child);
  return {
    name: element.name,
    text: (child) => named(child)[0]?.text.trim() ?? "",
    all: (child) => named(child).map((each) => treeOf(each)),
  };
}

/** Text for inside an element. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
