/**
 * What long work tells while it runs; renderers subscribe (terminal, plain lines, NDJSON). The first word of a step is its kind, with a
 * message `step.<kind>` in each language; what follows is its subject (`closure go1.21.13`).
 */
export type ProgressEvent =
  | { readonly type: "step-start"; readonly step: string; readonly detail?: string }
  | {
      readonly type: "step-progress";
      readonly step: string;
      readonly done: number;
      readonly total?: number;
      /** Of `done`, what an earlier command had brought. */
      readonly resumed?: number;
      readonly unit: "bytes" | "files" | "modules" | "runs" | "faults" | "packages";
    }
  | { readonly type: "step-end"; readonly step: string; readonly milliseconds: number; readonly detail?: string }
  | {
      readonly type: "note";
      readonly level: "info" | "warning";
      /** `@name` stands for the message `note.name` of the person's language, filled with `params`; anything else is shown as it is. */
      readonly text: string;
      readonly params?: Readonly<Record<string, string | number>>;
    };
