package io.tierdrill.lb.telemetry;

import java.util.function.DoubleSupplier;

/** A figure whose teller may be replaced, as when an upstream leaves and another comes under its address. */
final class Told implements DoubleSupplier {
    private volatile DoubleSupplier teller;

    Told(DoubleSupplier teller) {
        this.teller = teller;
    }

    void by(DoubleSupplier next) {
        teller = next;
    }

    @Override
    public double getAsDouble() {
        return teller.getAsDouble();
    }
}
