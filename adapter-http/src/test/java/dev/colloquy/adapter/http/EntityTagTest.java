package dev.colloquy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colloquy.adapter.http.problem.ProblemException;
import dev.colloquy.domain.conversation.ExpectedPosition;
import dev.colloquy.domain.error.ConversationChanged;
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
}
