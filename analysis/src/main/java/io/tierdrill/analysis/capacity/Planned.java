package io.tierdrill.analysis.capacity;

/** A step to be made: so many requests a second, and why. */
public record Planned(double perSecond, Purpose purpose) {}
