/**
 * What people write, with the place where they wrote it. {@link io.tierdrill.model.config.ConfigNode} is the door:
 * reading a setting takes it out of its parent, and whatever is left over must be a mistake and is reported with the
 * nearest known name. Problems are collected, never thrown one by one.
 */
package io.tierdrill.model.config;
