// The order of folders: each may import itself and the folders named before it. It is the order of CONTRIBUTING's map.
const order = [
  "core",
  "stores",
  "kernels",
  "archive",
  "features",
  "labels",
  "inspect",
  "splits",
  "evaluation",
  "training",
  "export",
  "registry",
  "scoring",
  "report",
  "pipeline",
  "engines",
  "simulate",
  "check",
  "cli",
];

module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      severity: "error",
      from: { path: "^src" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "only-declared-packages",
      severity: "error",
      from: { path: "^src" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "npm-optional"] },
    },
    {
      name: "src-stands-alone",
      comment: "the library never imports its tests, benchmarks or pipelines",
      severity: "error",
      from: { path: "^src" },
      to: { path: "^(test|bench|pipelines)/" },
    },
    ...order.map((folder, i) => ({
      name: `import-order-${folder}`,
      comment: `src/${folder} imports only itself and the folders above it`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${order.slice(i + 1).join("|") || "nothing-follows"})/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|src/kernels/assembly)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
