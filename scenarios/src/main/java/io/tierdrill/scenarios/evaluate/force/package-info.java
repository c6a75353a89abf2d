/**
 * What can be done to running processes from outside: {@link io.tierdrill.scenarios.evaluate.force.Force} is the door.
 * Each force says beforehand whether this machine and this user allow it, and is gone when it is closed.
 */
package io.tierdrill.scenarios.evaluate.force;
