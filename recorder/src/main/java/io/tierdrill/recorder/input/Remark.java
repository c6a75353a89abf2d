package io.tierdrill.recorder.input;

/**
 * Something worth telling of a unit that became a request all the same.
 *
 * @param word in accounts: {@code extra-fields}
 * @param meaning for people, with the number before it: {@code with fields behind those of the format, ignored}
 */
public record Remark(String word, String meaning) {}
