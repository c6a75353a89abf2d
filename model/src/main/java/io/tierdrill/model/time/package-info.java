/**
 * Time, handed in. {@link io.tierdrill.model.time.NanoClock} is the door: whoever needs <em>now</em> takes one in its
 * constructor, or takes the instant as a parameter. The build refuses direct reads of the system clock elsewhere.
 */
package io.tierdrill.model.time;
