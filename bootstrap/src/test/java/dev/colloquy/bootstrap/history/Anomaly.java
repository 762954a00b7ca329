package dev.colloquy.bootstrap.history;

/**
 * A proof that a promise was broken.
 *
 * @param kind which promise
 * @param conversation where
 * @param detail what was seen, by message names
 */
record Anomaly(Kind kind, String conversation, String detail) {

    /** The promises that can be broken. */
    enum Kind {
        /** An acknowledged message is not there, and no clear can have removed it. */
        LOST,
        /** A message is there twice. */
        DOUBLED,
        /** Two messages stand in another order than the one they were acknowledged in. */
        OUT_OF_ORDER,
        /** The sequence numbers do not rise by 1 from 1. */
        GAP,
        /** A message is there that nobody sent, or that was not sent yet when it was read. */
        INVENTED,
        /** A message is there whose append was refused. */
        REFUSED_BUT_STORED,
        /** A message is there although it was removed by a clear after it. */
        RESURRECTED,
        /** A live read does not continue an earlier one, and no clear can explain it. */
        SHRUNK,
        /** Two live reads of the same messages go on in different ways. */
        FORKED,
        /** A live read lacks a message that was stored before the read began. */
        STALE_READ,
        /** A receipt names another sequence number than the one the message has. */
        RECEIPT_DISAGREES,
        /** A part of a batch is there, or its messages do not stand together. */
        TORN_BATCH
    }

    @Override
    public String toString() {
        return kind + " in " + conversation + ": " + detail;
    }
}
