import type { CiSettings, CiTarget, Fragment } from "../types.ts";
import { dockerFragment } from "./docker.ts";
import { githubFragment } from "./github.ts";
import { gitlabFragment } from "./gitlab.ts";
import { kubernetesFragment } from "./kubernetes.ts";
import { systemdFragment } from "./systemd.ts";

const makers: Readonly<Record<CiTarget, (settings: CiSettings) => Fragment>> = {
  docker: dockerFragment,
  github: githubFragment,
  gitlab: gitlabFragment,
  kubernetes: kubernetesFragment,
  systemd: systemdFragment,
};

/** The fragment for a target. Pure. */
export function fragmentFor(target: CiTarget, settings: CiSettings): Fragment {
  return makers[target](settings);
}
