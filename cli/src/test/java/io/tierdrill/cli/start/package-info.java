/** The scripts at the root of the repository, run as a user would, on machines made up for the purpose. */
package io.tierdrill.cli.start;
