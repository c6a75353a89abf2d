package io.tierdrill.analysis.capacity;

/** A rate in requests a second with its 90 % interval. */
public record RateInterval(double perSecond, double lowPerSecond, double highPerSecond) {
    public RateInterval {
        if (!(lowPerSecond <= perSecond && perSecond <= highPerSecond))
            throw new IllegalArgumentException(
                    lowPerSecond + " <= " + perSecond + " <= " + highPerSecond + " does not hold");
    }
}
