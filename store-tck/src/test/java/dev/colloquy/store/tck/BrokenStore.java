package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.MessageRange;
import dev.colloquy.domain.error.StoreUnavailable;
import dev.colloquy.domain.error.StoredDataUnreadable;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A store that is right but for one thing.
 *
 * @param clause the clause it breaks
 * @param defect what it does, as in "a store that …"
 * @param shownByModel whether the defect shows without threads, an outage or odd data, so that random operations run into
 *     it
 * @param store makes one
 */
record BrokenStore(String clause, String defect, boolean shownByModel, Function<ManualClock, ReferenceStore> store) {

    static List<BrokenStore> all() {
        return List.of(
                hidden("S1", "joins names", clock -> new WrongNames.KeyedBy(clock, id -> "" + id.agent() + id.user())),
                hidden(
                        "S1",
                        "folds case",
                        clock -> new WrongNames.KeyedBy(
                                clock, id -> id.toString().toLowerCase(Locale.ROOT))),
                hidden(
                        "S1",
                        "clears what begins alike",
                        clock -> new WrongNames.ClearsAlike(clock, WrongNames::beginsAlike)),
                hidden(
                        "S1",
                        "clears what matches a name taken for a pattern",
                        clock -> new WrongNames.ClearsAlike(clock, WrongNames::matches)),
                hidden(
                        "S1",
                        "folds case when it clears",
                        clock -> new WrongNames.ClearsAlike(clock, String::equalsIgnoreCase)),
                hidden("S2", "cuts a batch", clock -> new WrongAppends.Altering(clock, WrongAppends::upTo64)),
                shown("S3", "starts numbers anew after the cap", WrongReads.NumbersByIndex::new),
                hidden("S4", "loses concurrent appends", WrongAppends.LosesConcurrent::new),
                hidden("S4", "loses appends to reads that prolong", TwoSteps.ProlongsOverAppends::new),
                shown("S5", "doubles a repeated append", WrongAppends.Doubling::new),
                shown("S5", "forgets what was appended as a first attempt", WrongAppends.ForgetsFirstAttempts::new),
                shown("S5", "forgets what one append drops under a lower cap", WrongAppends.ForgetsDroppedAtOnce::new),
                hidden("S5", "doubles a late first attempt", WrongAppends.DoublesLateFirstAttempts::new),
                hidden("S5", "doubles a very late first attempt", WrongAppends.DoublesVeryLateFirstAttempts::new),
                hidden(
                        "S5",
                        "takes ids that differ in case for one",
                        clock -> new WrongComparisons.Refusing(clock, WrongComparisons::sameButForCase)),
                hidden(
                        "S5",
                        "compares metadata in its order",
                        clock -> new WrongComparisons.Refusing(clock, WrongComparisons::metadataInAnotherOrder)),
                hidden(
                        "S5",
                        "overlooks missing metadata",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameButForMissingMetadata)),
                hidden("S5", "takes what others appended for repeats", WrongComparisons.TakesOthersForRepeats::new),
                shown(
                        "S5",
                        "ignores other content under a known id",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameId)),
                shown("S5", "accepts a partly known batch", WrongAppends.AcceptsPartlyKnown::new),
                shown(
                        "S6",
                        "ignores the condition",
                        clock -> new WrongAppends.Altering(clock, append -> append.expecting(ExpectedPosition.any()))),
                shown("S6", "compares only numbers in a condition", WrongAppends.ComparesNumbersOnly::new),
                hidden("S6", "begins a conversation twice", WrongAppends.BeginsTwice::new),
                shown("S7", "reads after a number inclusively", WrongReads.AfterIsFrom::new),
                hidden("S7", "reads half a batch", TwoSteps.ReadsLengthLater::new),
                hidden("S7", "trims to the cap in a second step", TwoSteps.TrimsLater::new),
                hidden("S9", "brings back what was cleared during a read", TwoSteps.ProlongsOverClears::new),
                hidden("S9", "clears the counter in a second step", TwoSteps.ClearsCounterLater::new),
                hidden("S9", "shows a former life", WrongLifetimes.ShowsFormerLife::new),
                shown("S9", "keeps numbers after a clear", WrongLifetimes.ClearKeepsNumbers::new),
                shown("S10", "never expires", WrongLifetimes.NeverExpires::new),
                shown("S10", "does not prolong by an append", WrongLifetimes.AppendDoesNotProlong::new),
                hidden(
                        "S10",
                        "counts milliseconds in 32 bits",
                        clock -> new WrongLifetimes.Keeping(clock, WrongLifetimes::in32Bits)),
                hidden(
                        "S10",
                        "cuts periods to seconds",
                        clock -> new WrongLifetimes.Keeping(clock, WrongLifetimes::inSeconds)),
                hidden(
                        "S10",
                        "adds to the cap in 32 bits",
                        clock -> new WrongLifetimes.Keeping(clock, WrongLifetimes::cappedBeyondHorizon)),
                hidden("S10", "sets the expiry in a second step", WrongLifetimes.ExpiryInASecondStep::new),
                hidden("S11", "trims content", clock -> new WrongAppends.Altering(clock, WrongAppends::trimmed)),
                hidden(
                        "S11",
                        "folds the case of metadata's keys",
                        clock -> new WrongAppends.Altering(clock, WrongAppends::withFoldedKeys)),
                shown("S11", "loses metadata", clock -> new WrongReads.Changing(clock, WrongReads::withoutMetadata)),
                shown("S11", "cuts times", clock -> new WrongReads.Changing(clock, WrongReads::inMilliseconds)),
                hidden(
                        "S12",
                        "shows an outage as empty",
                        clock -> new WrongReads.EmptyOn(clock, StoreUnavailable.class)),
                hidden(
                        "S12",
                        "shows an outage as empty to who asks for the last messages",
                        clock -> new WrongReads.EmptyOn(clock, StoreUnavailable.class, MessageRange.Last.class)),
                hidden(
                        "S12",
                        "shows damaged data as empty to who asks for the last messages",
                        clock -> new WrongReads.EmptyOn(clock, StoredDataUnreadable.class, MessageRange.Last.class)),
                hidden(
                        "S12",
                        "shows damaged data as empty",
                        clock -> new WrongReads.EmptyOn(clock, StoredDataUnreadable.class)),
                hidden("S12", "quotes damaged data in a cause", WrongReads.QuotesInCause::new),
                hidden("S12", "quotes what was sent in a suppressed error", WrongAppends.QuotesSuppressed::new),
                hidden("S12", "is always healthy", WrongReads.AlwaysHealthy::new),
                hidden("S13", "lists agents whose names begin alike", WrongNames.ListsByPrefix::new),
                hidden("S13", "ignores the limit of a page", WrongNames.IgnoresLimit::new),
                hidden("S13", "encodes names in cursors at length", WrongNames.EncodesCursors::new),
                hidden("S13", "believes the agent in a cursor", WrongNames.BelievesCursors::new),
                shown("S13", "loses a conversation between pages", WrongNames.LosesBetweenPages::new));
    }

    private static BrokenStore shown(String clause, String defect, Function<ManualClock, ReferenceStore> store) {
        return new BrokenStore(clause, defect, true, store);
    }

    private static BrokenStore hidden(String clause, String defect, Function<ManualClock, ReferenceStore> store) {
        return new BrokenStore(clause, defect, false, store);
    }

    /** For the names of tests. */
    @Override
    public String toString() {
        return clause + " a store that " + defect;
    }
}
