import { variablesOf } from "../settings.ts";
import type { CiSettings, Fragment, FragmentPart } from "../types.ts";

/** A ConfigMap with the settings, and a Job that uses them, with its caches on a volume and the login from a Secret. */
export function kubernetesFragment(settings: CiSettings): Fragment {
  const { ca, go, netrc } = settings;
  const when = (wanted: boolean, ...parts: readonly FragmentPart[]): readonly FragmentPart[] => (wanted ? parts : []);
  return {
    file: "go-build.yaml",
    parts: [
      { text: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: go-env", note: "configMap" },
      { text: "data:" },
      ...variablesOf(settings).map(({ name, value, note }) => ({ text: `  ${name}: ${JSON.stringify(value)}`, note })),
      ...when(ca !== undefined, { text: '  SSL_CERT_DIR: "/etc/ssl/certs:/etc/go-ca"', note: "caGit" }),
      { text: "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: go-cache\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 10Gi", note: "cachesClaim" },
      { text: "---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: go-build\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never" },
      { text: "      securityContext:\n        runAsNonRoot: true\n        runAsUser: 65532\n        runAsGroup: 65532\n        fsGroup: 65532\n        seccompProfile:\n          type: RuntimeDefault", note: "user" },
      { text: "      containers:\n        - name: build" },
      { text: `          image: golang:${go}`, note: "image" },
      { text: "          workingDir: /build/src" },
      { text: '          command: [sh, -c, "go mod download && go build -trimpath -o /build/out/ ./..."]', note: "job" },
      { text: "          envFrom:\n            - configMapRef:\n                name: go-env" },
      { text: "          env:\n            - name: HOME\n              value: /build\n            - name: GOMODCACHE\n              value: /cache/mod\n            - name: GOCACHE\n              value: /cache/build" },
      { text: "          securityContext:\n            allowPrivilegeEscalation: false\n            capabilities:\n              drop: [ALL]" },
      { text: "          volumeMounts:\n            - name: work\n              mountPath: /build\n            - name: go-cache\n              mountPath: /cache" },
      ...when(netrc, { text: "            - name: netrc\n              mountPath: /build/.netrc\n              subPath: netrc\n              readOnly: true", note: "netrcFile" }),
      ...when(ca !== undefined, { text: "            - name: go-ca\n              mountPath: /etc/go-ca\n              readOnly: true" }),
      { text: "      volumes:\n        - name: work\n          emptyDir: {}\n        - name: go-cache\n          persistentVolumeClaim:\n            claimName: go-cache" },
      ...when(netrc, { text: "        - name: netrc\n          secret:\n            secretName: go-netrc\n            defaultMode: 0440", note: "secretByHand" }),
      ...when(ca !== undefined, { text: "        - name: go-ca\n          configMap:\n            name: go-ca", note: "caByHand" }),
    ],
  };
} // prettier-ignore
