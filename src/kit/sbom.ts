import { sha256Hex } from "../core/digest.ts";

/** One thing inside the kit, as both SBOM formats need it. */
export interface Component {
  readonly kind: "toolchain" | "module" | "tool" | "runtime" | "npm" | "data";
  readonly name: string;
  readonly version: string;
  /** Package URL (purl). */
  readonly purl: string;
  /** SPDX identifiers; empty where not recognised. */
  readonly licences: readonly string[];
  /** SHA-256 of the file in the kit, hexadecimal. */
  readonly sha256?: string;
  /** Go's h1 hash. */
  readonly h1?: string;
}

export interface SbomSubject {
  readonly name: string;
  readonly version: string;
  /** RFC 3339, whole seconds, UTC. */
  readonly created: string;
  readonly toolVersion: string;
}

/** A UUID that the content fixes (RFC 9562, version 8), so that the same kit has the same SBOM. */
function contentUuid(content: string): string {
  const hex = sha256Hex(content);
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const cycloneType = {
  toolchain: "application",
  module: "library",
  tool: "application",
  runtime: "platform",
  npm: "library",
  data: "data",
} as const;

/** CycloneDX 1.6 JSON. */
export function formatCycloneDx(subject: SbomSubject, components: readonly Component[]): string {
  const listed = components.map((component) => ({
    type: cycloneType[component.kind],
    "bom-ref": component.purl,
    name: component.name,
    version: component.version,
    ...(component.sha256 === undefined ? {} : { hashes: [{ alg: "SHA-256", content: component.sha256 }] }),
    ...(component.licences.length === 0 ? {} : { licenses: component.licences.map((id) => ({ license: { id } })) }),
    purl: component.purl,
    ...(component.h1 === undefined ? {} : { properties: [{ name: "medkit:go:h1", value: component.h1 }] }),
  }));
  const root = `${subject.name}@${subject.version}`;
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${contentUuid(JSON.stringify([subject, listed]))}`,
    version: 1,
    metadata: {
      timestamp: subject.created,
      tools: { components: [{ type: "application", name: "medkit", version: subject.toolVersion }] },
      component: { type: "application", "bom-ref": root, name: subject.name, version: subject.version },
    },
    components: listed,
    dependencies: [{ ref: root, dependsOn: listed.map((component) => component["bom-ref"]) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function spdxId(component: Component): string {
  return `SPDXRef-${component.kind}-${`${component.name}-${component.version}`.replace(/[^A-Za-z0-9.]+/g, "-")}-${sha256Hex(component.purl).slice(0, 8)}`;
}

/** SPDX 2.3 JSON. */
export function formatSpdx(subject: SbomSubject, components: readonly Component[]): string {
  const packages = components.map((component) => ({
    SPDXID: spdxId(component),
    name: component.name,
    versionInfo: component.version,
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    licenseConcluded: "NOASSERTION",
    licenseDeclared: component.licences.length === 0 ? "NOASSERTION" : component.licences.join(" AND "),
    copyrightText: "NOASSERTION",
    ...(component.sha256 === undefined
      ? {}
      : { checksums: [{ algorithm: "SHA256", checksumValue: component.sha256 }] }),
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: component.purl }],
  }));
  const document = {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: `${subject.name}-${subject.version}`,
    documentNamespace: `urn:medkit:sbom:${contentUuid(JSON.stringify([subject, packages]))}`,
    creationInfo: { created: subject.created, creators: [`Tool: medkit-${subject.toolVersion}`] },
    packages,
    relationships: packages.map((item) => ({
      spdxElementId: "SPDXRef-DOCUMENT",
      relationshipType: "DESCRIBES",
      relatedSpdxElement: item.SPDXID,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
