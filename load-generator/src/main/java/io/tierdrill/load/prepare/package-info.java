/**
 * Everything about a request that can be done before it is due: {@link io.tierdrill.load.prepare.Lanes} says whose
 * connections it belongs on.
 */
package io.tierdrill.load.prepare;
