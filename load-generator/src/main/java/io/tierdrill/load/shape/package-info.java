/**
 * Shapes of load over time: {@link io.tierdrill.load.shape.Shape} is the door. A shape says how many requests a second
 * there shall be when; a pattern draws its arrivals from it, a trace's users are sampled and cloned by it. What is
 * written in a scenario is read by {@link io.tierdrill.load.shape.ShapeReader}.
 */
package io.tierdrill.load.shape;
