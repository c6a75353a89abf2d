/**
 * What every form of input has in common, so that one import serves them all. A
 * {@link io.tierdrill.recorder.input.Format} recognises its files by their head and opens them as a
 * {@link io.tierdrill.recorder.input.Reading}: {@link io.tierdrill.recorder.input.Units} cut the bytes (lines of a log,
 * entries of a document), a {@link io.tierdrill.recorder.input.UnitParser} says of each unit when it happened and which
 * request it was, or why it is none. Begin with {@code Format}. Whoever adds a form also adds it to
 * {@code recorder.imports.Formats}.
 */
package io.tierdrill.recorder.input;
