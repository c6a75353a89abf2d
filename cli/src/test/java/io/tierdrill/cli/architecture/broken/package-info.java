/** A small house that breaks every rule once, so that the rules are seen to fail. Nothing here is ever run. */
package io.tierdrill.cli.architecture.broken;
