/**
 * The addresses that connections come from: {@link io.tierdrill.load.source.SourceAddresses}. Many of them make a target
 * that hashes addresses see many clients, and multiply the local ports.
 */
package io.tierdrill.load.source;
