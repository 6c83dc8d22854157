/** Text files are part of the bundle. */
declare module "*.txt" {
  const text: string;
  export default text;
}
