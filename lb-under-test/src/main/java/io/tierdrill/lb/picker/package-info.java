/**
 * Who gets the next one. {@link io.tierdrill.lb.picker.Balancer} is the control side: it knows who is wired and who is
 * well, and publishes a {@link io.tierdrill.lb.picker.Picker} that the data plane reads without a lock.
 */
package io.tierdrill.lb.picker;
