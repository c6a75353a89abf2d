package io.tierdrill.lb.hash;

/**
 * Equal-cost multipath by hash-threshold (RFC 2992): the space of hashes is cut into as many equal, contiguous regions
 * as there are members. The same code predicts where a flow goes and sends it there.
 */
public final class Ecmp {
    private Ecmp() {}

    /**
     * The member whose region the hash falls in.
     *
     * @param hash of the flow; its upper half decides
     * @param members above zero
     */
    public static int member(long hash, int members) {
        return (int) ((hash >>> 32) * members >>> 32);
    }
}
