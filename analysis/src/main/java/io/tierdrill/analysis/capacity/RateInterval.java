package io.tierdrill.analysis.capacity;

/** A rate in requests a second with its 90 % interval. */
public record RateInterval(double perSecond, double lowPerSecond, double highPerSecond) {
    public RateInterval {
        if (!(lowPerSecond <= perSecond && perSecond <= highPerSecond))
            throw new IllegalArgumentException(
                    lowPerSecond + " <= " + perSecond + " <= " + highPerSecond + " does not hold");
    }

    /** The same, nowhere above a ceiling: nobody holds for long more than comes out at the end. */
    public RateInterval atMost(double ceiling) {
        return new RateInterval(
                Math.min(perSecond, ceiling), Math.min(lowPerSecond, ceiling), Math.min(highPerSecond, ceiling));
    }
}
