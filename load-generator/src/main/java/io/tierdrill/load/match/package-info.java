/**
 * Which requests a rule is about, and what it takes from an answer: {@link io.tierdrill.load.match.When} and
 * {@link io.tierdrill.load.match.Take}. Patterns and paths are the user's, what they meet is anybody's: matching takes
 * bounded time ({@link io.tierdrill.load.match.SafePattern}), and parsing has limits. Shared by rules and checks.
 */
package io.tierdrill.load.match;
