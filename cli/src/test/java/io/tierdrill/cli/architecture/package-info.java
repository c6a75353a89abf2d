/**
 * The walls of the house, checked by the build. {@link io.tierdrill.cli.architecture.HouseRules} states them,
 * {@code ArchitectureTest} holds the product to them, and {@code EveryRuleCanFailTest} holds them to the deliberately
 * broken classes in {@code broken}, a small house with the same rooms. They live in the cli's tests because only the
 * cli has every module on its class path.
 */
package io.tierdrill.cli.architecture;
