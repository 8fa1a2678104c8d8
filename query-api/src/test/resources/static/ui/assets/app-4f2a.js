export const name = "a file that names its content";
