package dev.keysmith.spi.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.key.KeyDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What plugins hand to the server holds no null, so that the server need not look for it. */
class NullTest {

  static Stream<Arguments> components() {
    CredentialCreationOptions.RelyingParty party =
        new CredentialCreationOptions.RelyingParty("example.org", "");
    CredentialCreationOptions.UserEntity user =
        new CredentialCreationOptions.UserEntity(Bytes.of((byte) 1), "ann", "");
    CredentialCreationOptions options =
        new CredentialCreationOptions(
            party,
            user,
            "",
            List.of(-7),
            List.of(),
            CredentialCreationOptions.Requirement.REQUIRED,
            CredentialCreationOptions.Requirement.REQUIRED,
            CredentialCreationOptions.Attestation.NONE);
    RegistrationTicket ticket = new RegistrationTicket("u", "f");
    return Stream.of(
            party,
            user,
            options,
            ticket,
            new CredentialCreationOptions.CredentialDescriptor(Bytes.of((byte) 1), List.of()),
            new PendingRegistration(ticket, options, "https://example.org", Optional.empty()),
            new Page<>(List.of(), Optional.empty()),
            new DirectoryGroup("g", "Staff", Optional.empty()),
            new DirectoryUser("u", "ann", "Ann", Optional.empty(), DirectoryUser.Status.ACTIVE),
            new Factor(
                "f", Factor.Status.ACTIVE, Optional.empty(), Optional.empty(), Optional.empty()),
            new UserQuery.MembersOf("g"),
            new UserQuery.ChangedSince(Instant.EPOCH),
            new AuthenticatorAttestationResponse(Bytes.empty(), Bytes.empty(), List.of()),
            new KeyDescriptor("1", "Key", "port 1", Optional.empty()),
            Setting.optional("color", Setting.Kind.TEXT, "Colour", ""))
        .flatMap(NullTest::each);
  }

  private static Stream<Arguments> each(Record value) {
    RecordComponent[] components = value.getClass().getRecordComponents();
    return IntStream.range(0, components.length)
        .filter(index -> !components[index].getType().isPrimitive())
        .mapToObj(index -> Arguments.of(value, index));
  }

  @ParameterizedTest
  @MethodSource("components")
  void noComponentIsNull(Record value, int index) throws Exception {
    RecordComponent[] components = value.getClass().getRecordComponents();
    Constructor<?> constructor =
        value
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(value);
    }
    assertThat(constructor.newInstance(values)).isEqualTo(value);
    values[index] = null;

    assertThatThrownBy(() -> constructor.newInstance(values))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(NullPointerException.class);
  }
}
