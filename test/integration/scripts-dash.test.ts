import { testScriptsIn } from "../support/scripts-in.ts";

testScriptsIn("dash");
