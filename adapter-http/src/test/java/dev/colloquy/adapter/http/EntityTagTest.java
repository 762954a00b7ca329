package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.domain.conversation.ConversationId;
import dev.colloquy.domain.conversation.ConversationView;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.conversation.Message;
import dev.colloquy.domain.conversation.MessageId;
import dev.colloquy.domain.conversation.Role;
import dev.colloquy.domain.conversation.SequencedMessage;
import dev.colloquy.domain.error.ConversationChanged;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Entity tags")
class EntityTagTest {

    @Test
    @DisplayName("say that the conversation is to be empty, but not weakly")
    void weak() {
        assertThat(EntityTag.expected("\"0\"", "onboarding:alex")).isEqualTo(ExpectedPosition.empty());
        assertThatThrownBy(() -> EntityTag.expected("W/\"0\"", "onboarding:alex"))
                .isInstanceOf(ConversationChanged.class);
    }

    @Test
    @DisplayName("may be listed, with or without spaces")
    void listed() {
        assertThat(EntityTag.noneMatchNames("\"a\",W/\"b\" , \"c\" ", "\"b\"")).isTrue();
        assertThat(EntityTag.noneMatchNames("\"a\",\"b\"", "\"c\"")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\", , \"b\"", "\"a\",,\"b\"", ",\"b\"", " , \"b\"", "\"b\",", "\"b\", ,"})
    @DisplayName("may have empty elements between them: RFC 9110, section 5.6.1")
    void emptyElements(String header) {
        assertThat(EntityTag.noneMatchNames(header, "\"b\"")).isTrue();
        assertThat(EntityTag.noneMatchNames(header, "\"c\"")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", " , ", "a", "\"a\"\"b\"", "\"a\" \"b\"", "\"a\";\"b\"", "\"a\",x", "\"a\"x"})
    @DisplayName("are refused if they are malformed")
    void malformed(String header) {
        assertThatThrownBy(() -> EntityTag.noneMatchNames(header, "\"b\"")).isInstanceOf(ProblemException.class);
    }

    @Test
    @DisplayName("differ if the last message has the same id and content, but was said at another time")
    void saidAgain() {
        assertThat(EntityTag.of(viewOfOne(Instant.EPOCH))).isEqualTo(EntityTag.of(viewOfOne(Instant.EPOCH)));
        assertThat(EntityTag.of(viewOfOne(Instant.EPOCH)))
                .isNotEqualTo(EntityTag.of(viewOfOne(Instant.EPOCH.plusMillis(1))));
    }

    private static ConversationView viewOfOne(Instant at) {
        SequencedMessage message = new SequencedMessage(1, new Message(new MessageId("m1"), Role.USER, "yes", at));
        return ConversationView.live(
                ConversationId.of("onboarding", "alex"), List.of(message), 1, message.position(), Instant.MAX);
    }
}
