// The one assertion of chai-string that the protocol suites use. Debian does not package chai-string.
module.exports = (chai) => {
  chai.Assertion.addMethod("startsWith", function startsWith(prefix) {
    const text = this._obj;
    this.assert(
      typeof text === "string" && text.startsWith(prefix),
      "expected #{this} to start with #{exp}",
      "expected #{this} not to start with #{exp}",
      prefix,
    );
  });
};
