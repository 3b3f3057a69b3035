// The style sheet is built from the classes that the templates use. Colours and type are tokens: their
// values, light and dark, stand in static/src/app.css.
const token = (name) => `rgb(var(--${name}) / <alpha-value>)`;

/** @type {import('tailwindcss').Config} */
module.exports = {
  content: ["./views/*.templ", "./static/src/app.js", "./static/src/combobox.js"],
  darkMode: "media",
  theme: {
    colors: {
      transparent: "transparent",
      inherit: "inherit",
      current: "currentColor",
      paper: token("paper"),
      card: token("card"),
      ink: token("ink"),
      soft: token("soft"),
      rule: token("rule"),
      edge: token("edge"),
      accent: token("accent"),
      tint: token("tint"),
      warn: token("warn"),
      warntint: token("warntint"),
    },
    fontFamily: {
      serif: ["Iowan Old Style", "Palatino Linotype", "Palatino", "URW Palladio L", "P052", "Noto Serif", "Georgia", "serif"],
      sans: ["system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Ubuntu", "Helvetica Neue", "Arial", "sans-serif"],
      mono: ["ui-monospace", "SF Mono", "Cascadia Mono", "Menlo", "Consolas", "Noto Sans Mono", "DejaVu Sans Mono", "monospace"],
    },
    extend: {
      maxWidth: { measure: "42rem", page: "70rem" },
      gridTemplateColumns: { record: "11rem minmax(0, 1fr)", entry: "9rem minmax(0, 1fr)", found: "13rem minmax(0, 1fr)", hit: "10rem minmax(0, 1fr)" },
      fontSize: {
        label: ["0.8125rem", { lineHeight: "1.25rem" }],
        title: ["clamp(1.625rem, 1.2rem + 1.9vw, 2.5rem)", { lineHeight: "1.18" }],
      },
    },
  },
};
