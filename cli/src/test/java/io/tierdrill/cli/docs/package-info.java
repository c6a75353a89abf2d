/** The pages of the repository, held to the files they speak of. */
package io.tierdrill.cli.docs;
