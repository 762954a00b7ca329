package dev.colloquy.store.tck;

import dev.colloquy.domain.conversation.Append;
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
                        "cuts the names of agents",
                        clock -> new WrongNames.KeyedBy(clock, WrongNames::withShortAgent)),
                hidden(
                        "S1",
                        "goes by a hash code",
                        clock -> new WrongNames.KeyedBy(
                                clock, id -> Integer.toString(id.toString().hashCode()))),
                hidden(
                        "S1",
                        "folds case beyond ASCII",
                        clock -> new WrongNames.KeyedBy(clock, WrongNames::withoutCaseBeyondAscii)),
                hidden(
                        "S1",
                        "takes all emoji for one",
                        clock -> new WrongNames.KeyedBy(clock, WrongNames::withoutEmoji)),
                shown("S1", "prolongs the agent's other conversations", WrongLifetimes.ProlongsNeighbours::new),
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
                hidden("S2", "cuts a batch", clock -> new WrongAppends.Altering(clock, WrongAppends::upTo127)),
                shown("S3", "starts numbers anew after the cap", WrongReads.NumbersByIndex::new),
                hidden(
                        "S4",
                        "loses concurrent appends",
                        clock -> new WrongAppends.LosesConcurrent(clock, append -> true)),
                hidden(
                        "S4",
                        "loses concurrent first attempts",
                        clock -> new WrongAppends.LosesConcurrent(clock, Append::firstAttempt)),
                hidden(
                        "S4",
                        "loses concurrent appends under a cap",
                        clock -> new WrongAppends.LosesConcurrent(
                                clock,
                                append -> append.retention().maxMessages().isPresent())),
                hidden("S4", "loses appends to reads that prolong", TwoSteps.ProlongsOverAppends::new),
                shown("S5", "doubles a repeated append", WrongAppends.Doubling::new),
                shown("S5", "forgets what was appended as a first attempt", WrongAppends.ForgetsFirstAttempts::new),
                shown("S5", "forgets what one append drops under a lower cap", WrongAppends.ForgetsDroppedAtOnce::new),
                hidden("S5", "doubles a late first attempt", WrongAppends.DoublesLateFirstAttempts::new),
                hidden("S5", "doubles a very late first attempt", WrongAppends.DoublesVeryLateFirstAttempts::new),
                hidden("S5", "looks for a first attempt too early", WrongRepeats.LooksTooEarly::new),
                hidden("S5", "remembers the ids that were used latest", WrongRepeats.RemembersByUse::new),
                shown("S5", "prolongs by a repeat", WrongRepeats.Prolonging::new),
                hidden("S5", "refuses a part of a batch", WrongRepeats.KnowsBeginnings::new),
                hidden("S5", "overlooks who said what the cap dropped", WrongRepeats.ComparesContentOfDropped::new),
                shown(
                        "S5",
                        "works out a repeat's length without its cap",
                        clock -> new WrongRepeats.Answering(clock, WrongRepeats::uncapped)),
                shown(
                        "S5",
                        "forgets the time of what the cap dropped",
                        clock -> new WrongRepeats.Answering(clock, WrongRepeats::withWhatWasSent)),
                hidden(
                        "S5",
                        "compares content by a hash code",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameHash)),
                hidden(
                        "S5",
                        "compares content without case",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameButForCaseOfContent)),
                hidden(
                        "S5",
                        "takes ids that begin alike for one",
                        clock -> new WrongComparisons.Refusing(clock, WrongComparisons::sameBeginning)),
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
                hidden(
                        "S5",
                        "overlooks spaces at the end of content",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameButForSpaces)),
                hidden(
                        "S5",
                        "compares all fields as one text",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameWhenJoined)),
                hidden("S5", "takes what others appended for repeats", WrongComparisons.TakesOthersForRepeats::new),
                shown(
                        "S5",
                        "ignores other content under a known id",
                        clock -> new WrongComparisons.Mistaking(clock, WrongComparisons::sameId)),
                hidden("S5", "knows a late first attempt by its first id", WrongComparisons.TrustsFirstAttempts::new),
                shown("S5", "accepts a partly known batch", WrongAppends.AcceptsPartlyKnown::new),
                shown(
                        "S6",
                        "ignores the condition",
                        clock -> new WrongAppends.Altering(clock, append -> append.expecting(ExpectedPosition.any()))),
                shown(
                        "S6",
                        "ignores the condition of a batch",
                        clock -> new WrongAppends.Altering(
                                clock,
                                append -> WrongAppends.withoutConditionIf(
                                        batch -> batch.messages().size() > 1, append))),
                shown(
                        "S6",
                        "ignores the condition of a first attempt",
                        clock -> new WrongAppends.Altering(
                                clock, append -> WrongAppends.withoutConditionIf(Append::firstAttempt, append))),
                shown(
                        "S6",
                        "compares only numbers in a condition",
                        clock -> new WrongAppends.ComparesPositions(clock, WrongAppends::sameNumber)),
                hidden(
                        "S6",
                        "ignores the case of the id in a condition",
                        clock -> new WrongAppends.ComparesPositions(clock, WrongAppends::sameButForCase)),
                hidden("S6", "remembers where a conversation ended that expired", WrongAppends.RemembersEnds::new),
                hidden("S6", "believes where a read saw the conversation end", WrongAppends.BelievesReads::new),
                hidden(
                        "S6",
                        "begins a conversation twice",
                        clock -> new WrongAppends.LooksBefore(
                                clock, append -> WrongAppends.begins(append) && !append.firstAttempt())),
                hidden(
                        "S6",
                        "begins a conversation with two first attempts",
                        clock -> new WrongAppends.LooksBefore(
                                clock, append -> WrongAppends.begins(append) && append.firstAttempt())),
                hidden(
                        "S6",
                        "looks too early where a conversation ends",
                        clock -> new WrongAppends.LooksBefore(
                                clock, append -> !WrongAppends.begins(append) && !append.firstAttempt())),
                hidden(
                        "S6",
                        "looks too early where it ends for a first attempt",
                        clock -> new WrongAppends.LooksBefore(
                                clock, append -> !WrongAppends.begins(append) && append.firstAttempt())),
                shown(
                        "S7",
                        "reads after a number inclusively",
                        clock -> new WrongReads.Reading(clock, WrongReads::afterIsFrom)),
                hidden("S7", "sorts messages by their times", WrongReads.SortsByTime::new),
                hidden("S7", "reads the last 256 at most", clock -> new WrongReads.Reading(clock, WrongReads::last256)),
                hidden(
                        "S7",
                        "reads what the retention of the read keeps",
                        clock -> new WrongReads.Reading(clock, WrongReads::capped)),
                hidden(
                        "S7",
                        "writes a large batch in parts",
                        clock -> new TwoSteps.WritesInParts(clock, append -> !append.firstAttempt())),
                hidden(
                        "S7",
                        "writes a large first attempt in parts",
                        clock -> new TwoSteps.WritesInParts(clock, Append::firstAttempt)),
                hidden("S7", "reads half a batch", clock -> new TwoSteps.ReadsLengthLater(clock, TwoSteps::ofLast)),
                hidden(
                        "S7",
                        "reads half a batch when it prolongs",
                        clock -> new TwoSteps.ReadsLengthLater(clock, TwoSteps::isProlonging)),
                hidden("S7", "trims to the cap in a second step", TwoSteps.TrimsLater::new),
                hidden("S9", "brings back what was cleared during a read", TwoSteps.ProlongsOverClears::new),
                hidden("S9", "clears the counter in a second step", TwoSteps.ClearsCounterLater::new),
                hidden("S9", "clears no more than one request can", WrongLifetimes.ClearsOneRequest::new),
                hidden("S9", "shows a former life", WrongLifetimes.ShowsFormerLife::new),
                shown("S9", "keeps numbers after a clear", WrongLifetimes.ClearKeepsNumbers::new),
                shown("S10", "never expires", WrongLifetimes.NeverExpires::new),
                shown("S10", "does not prolong by an append", WrongLifetimes.AppendDoesNotProlong::new),
                shown("S10", "does not shorten by a read", WrongLifetimes.ReadDoesNotShorten::new),
                shown(
                        "S10",
                        "shortens by an append that counts from the first",
                        WrongLifetimes.FirstMessageShortens::new),
                shown("S10", "prolongs by an append that it refuses", WrongLifetimes.RefusalProlongs::new),
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
                hidden(
                        "S10",
                        "keeps no more than it must recognise",
                        clock -> new WrongLifetimes.Keeping(clock, WrongLifetimes::cappedAtHorizon)),
                hidden(
                        "S10",
                        "ignores a cap beyond the horizon",
                        clock -> new WrongLifetimes.Keeping(clock, WrongLifetimes::uncappedBeyondHorizon)),
                hidden(
                        "S10",
                        "shows new messages before it sets the expiry",
                        clock -> new TwoSteps.ExpiresLater(clock, true)),
                hidden(
                        "S10",
                        "shows more messages before it moves the expiry",
                        clock -> new TwoSteps.ExpiresLater(clock, false)),
                hidden("S10", "removes what expired in a second step", TwoSteps.RemovesExpiredLater::new),
                hidden(
                        "S10",
                        "says that an append prolongs",
                        clock -> new WrongLifetimes.ProlongsInWords(clock, false)),
                hidden("S10", "says that a read prolongs", clock -> new WrongLifetimes.ProlongsInWords(clock, true)),
                hidden("S10", "sets the expiry in a second step", WrongLifetimes.ExpiryInASecondStep::new),
                hidden("S11", "trims content", clock -> new WrongAppends.Altering(clock, WrongAppends::trimmed)),
                hidden(
                        "S11",
                        "folds the case of metadata's keys",
                        clock -> new WrongAppends.Altering(clock, WrongAppends::withFoldedKeys)),
                hidden(
                        "S11",
                        "cuts the names of metadata to 128 bytes",
                        clock -> new WrongAppends.Altering(clock, WrongAppends::withKeysOf128Bytes)),
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
                hidden(
                        "S12",
                        "forgets what it accepted in an outage",
                        clock -> new WrongOutboxes.Accepting(clock, waiting -> List.of())),
                hidden(
                        "S12",
                        "stores what it accepted in another order",
                        clock -> new WrongOutboxes.Accepting(clock, List::reversed)),
                hidden(
                        "S12",
                        "forgets a clear that it accepted in an outage",
                        clock -> new WrongOutboxes.Accepting(clock, WrongOutboxes::onlyAppends)),
                hidden("S12", "accepts a condition in an outage", WrongOutboxes.AcceptsConditions::new),
                hidden("S13", "lists agents whose names begin alike", WrongNames.ListsByPrefix::new),
                hidden("S13", "ignores the limit of a page", WrongNames.IgnoresLimit::new),
                hidden("S13", "clears its index in a second step", TwoSteps.ClearsIndexLater::new),
                hidden("S13", "takes a page that it cut for the last one", WrongNames.CutsPages::new),
                hidden("S13", "encodes names in cursors at length", WrongNames.EncodesCursors::new),
                hidden("S13", "believes the agent in a cursor", WrongNames.BelievesCursors::new),
                hidden("S13", "lists what was used latest first", WrongNames.ListsLatestFirst::new),
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
