/** 一类原因的办法，按种类. */
export const networkRemedies = {
  "rescue.remedy.trust-authority": "对这条命令同时信任 {file} 里的机构",
} as const;
