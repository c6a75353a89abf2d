/**
 * The command; the only package that knows everybody. {@link io.tierdrill.cli.Main} is the door; each subcommand is a
 * class of its own that reads its options, calls one piece of the product and says what came out.
 */
package io.tierdrill.cli;
