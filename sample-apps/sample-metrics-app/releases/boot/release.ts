/** Names the build variant in the answer to "hello". */
export const RELEASE = "boot";
