/**
 * Somebody to practise on: {@link io.tierdrill.load.practice.Responder} answers a request or two thousand on loopback,
 * so that the injector's code is loaded and compiled before the first request that counts.
 */
package io.tierdrill.load.practice;
