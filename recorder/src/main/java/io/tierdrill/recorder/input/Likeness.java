package io.tierdrill.recorder.input;

/**
 * How well the beginning of an input looks like a form.
 *
 * @param fitting units that are of the form, garbage in the right places included
 * @param judged units looked at
 */
public record Likeness(int fitting, int judged) {
    public static final Likeness NONE = new Likeness(0, 0);
    public static final Likeness SURE = new Likeness(1, 1);

    public Likeness {
        if (fitting < 0 || fitting > judged)
            throw new IllegalArgumentException(fitting + " units of " + judged + " cannot fit");
    }

    /** 0 to 1; 0 when there was nothing to judge. */
    public double share() {
        return judged == 0 ? 0 : (double) fitting / judged;
    }
}
