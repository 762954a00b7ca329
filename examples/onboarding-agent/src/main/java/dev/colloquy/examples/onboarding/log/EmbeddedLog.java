package dev.colloquy.examples.onboarding.log;

import dev.colloquy.bootstrap.Agent;
import dev.colloquy.bootstrap.Colloquy;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ConversationView.State;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.Receipt;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.error.ColloquyException;
import dev.colloquy.domain.error.RuleViolation;
import dev.colloquy.domain.error.StoreAccessRefused;
import dev.colloquy.domain.error.StoreFailure;
import dev.colloquy.domain.error.StoredDataUnreadable;
import dev.colloquy.examples.onboarding.interview.Said;
import java.util.List;
import java.util.function.Supplier;

/** Keeps the conversation with a Colloquy inside this program. */
public final class EmbeddedLog implements ConversationLog {

    private final Colloquy colloquy;
    private final Agent agent;
    private final String user;

    /**
     * @param colloquy closed together with this log
     * @param agent the agent's name
     * @param user the user's name
     */
    public EmbeddedLog(Colloquy colloquy, String agent, String user) {
        this.colloquy = colloquy;
        this.agent = colloquy.agent(agent);
        this.user = user;
    }

    @Override
    public List<Said> read() {
        ConversationView view = Patience.untilLive(
                () -> attempt(() -> agent.getConversation(user)), answer -> answer.state() == State.LIVE);
        return view.transcript().stream()
                .filter(message ->
                        message.role().equals(Role.AGENT) || message.role().equals(Role.USER))
                .map(EmbeddedLog::said)
                .toList();
    }

    @Override
    public Kept append(Said said) {
        Role role = said.speaker() == Said.Speaker.AGENT ? Role.AGENT : Role.USER;
        return switch (attempt(() -> agent.saveMessage(user, role, said.text()))) {
            case Receipt.Stored stored -> Kept.STORED;
            case Receipt.Accepted accepted -> Kept.WAITING;
        };
    }

    @Override
    public Kept clear() {
        return switch (attempt(() -> agent.clearConversation(user))) {
            case CLEARED -> Kept.STORED;
            // Nobody says more after a clear: the program ends, and with it what waits in its memory.
            case ACCEPTED ->
                throw LogFailure.passing(
                        "The store does not answer, so I could not clear our conversation. I will when you start me again"
                                + " and it is back.",
                        null);
        };
    }

    @Override
    public void close() {
        colloquy.close();
    }

    private static Said said(Message message) {
        return message.role().equals(Role.AGENT) ? Said.byAgent(message.content()) : Said.byUser(message.content());
    }

    private static <T> T attempt(Supplier<T> call) {
        try {
            return call.get();
        } catch (ColloquyException e) {
            String message = "Colloquy says: " + e.getMessage();
            throw switch (e) {
                case RuleViolation mistake -> LogFailure.lasting(message, mistake);
                case StoreAccessRefused refused -> LogFailure.lasting(message, refused);
                case StoredDataUnreadable damaged -> LogFailure.lasting(message, damaged);
                case StoreFailure trouble -> LogFailure.passing(message, trouble);
            };
        }
    }
}
