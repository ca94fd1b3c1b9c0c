import { pageStyle } from "../core/page-style.ts";

/** The look of the report. */
export const reportStyle = `${pageStyle}
tr.total td { font-weight: 600; border-top: 2px solid var(--line); }
.id { color: var(--soft); display: block; } .shells { white-space: nowrap; }
svg { display: block; } .axis text { fill: var(--soft); font-size: 11px; }
.range { stroke: var(--soft); stroke-width: 1; opacity: 0.5; } .dots { fill: var(--dot); } .median { stroke: var(--mark); stroke-width: 2.4; stroke-linecap: round; } .p95 { stroke: var(--warn); stroke-width: 2; stroke-linecap: round; }
.legend { color: var(--soft); font-size: 13px; margin: 8px 2px 0; }
.bar { display: block; width: 90px; height: 6px; border-radius: 3px; background: var(--track); overflow: hidden; margin-top: 5px; } .bar i { display: block; height: 100%; background: var(--good); }
details { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 8px; margin: 10px 0; padding: 10px 16px; }
summary { cursor: pointer; } summary .soft { margin-left: 6px; }
pre { margin: 12px 0 4px; max-height: 480px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
