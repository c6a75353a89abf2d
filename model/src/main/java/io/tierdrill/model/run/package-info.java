/**
 * The files that join the stages. {@link io.tierdrill.model.run.RunFolder} is the door and names each of them; the
 * other types here write and read one kind of file each.
 */
package io.tierdrill.model.run;
