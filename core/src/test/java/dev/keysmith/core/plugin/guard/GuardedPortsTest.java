package dev.keysmith.core.plugin.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That no call reaches a plugin but through the guard. */
class GuardedPortsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final byte[] REQUEST = {4};

  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letTheCallsThatHangReturn() {
    end.countDown();
  }

  private <T> @Nullable T hang() {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        // It goes on all the same.
      }
    }
    return null;
  }

  /** An instance of a port, each method of which does the same. */
  private static <T> T doing(Class<T> port, java.util.concurrent.Callable<Object> behaviour) {
    return doing(port, (self, method, arguments) -> behaviour.call());
  }

  private static <T> T doing(Class<T> port, InvocationHandler behaviour) {
    return port.cast(
        Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, behaviour));
  }

  static Stream<Method> methods() {
    return Stream.of(IdentityProvider.class, KeyTransport.class, KeyConnection.class)
        .flatMap(port -> Arrays.stream(port.getMethods()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.getName().equals("ability"));
  }

  private static Object guarded(Class<?> port, Object plain, ForeignCalls calls) {
    if (port == IdentityProvider.class) {
      return new GuardedIdentityProvider((IdentityProvider) plain, calls);
    }
    return port == KeyTransport.class
        ? new GuardedKeyTransport((KeyTransport) plain, calls)
        : new GuardedKeyConnection((KeyConnection) plain, calls);
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(GuardedPortsTest::argument).toArray();
  }

  private static @Nullable Object argument(Class<?> type) {
    if (type == int.class) {
      return 1;
    }
    return type == Duration.class ? Duration.ofMillis(1) : null;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anErrorOfEachMethodIsBlamedOnThePlugin(Method method) {
    Class<?> port = method.getDeclaringClass();
    ForeignCalls calls = Guards.calls("acme", LONG);
    Object plain =
        doing(
            port,
            () -> {
              throw new StackOverflowError();
            });
    Object guarded = guarded(port, plain, calls);
    try {
      method.invoke(guarded, arguments(method));
      assertThat(method.getReturnType()).isEqualTo(void.class);
    } catch (ReflectiveOperationException e) {
      assertThat(e.getCause())
          .isInstanceOf(PluginException.class)
          .hasMessageContaining("\"acme\"")
          .hasMessageContaining("StackOverflowError");
    }
    assertThat(calls.faults()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void nullOfEachMethodIsRefused(Method method) {
    if (method.getReturnType() == void.class) {
      return;
    }
    Class<?> port = method.getDeclaringClass();
    Object guarded = guarded(port, doing(port, () -> null), Guards.calls("acme", LONG));
    assertThatThrownBy(() -> method.invoke(guarded, arguments(method)))
        .cause()
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("\"acme\"");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void noMethodWaitsForEver(Method method) throws Exception {
    Class<?> port = method.getDeclaringClass();
    ForeignCalls calls = Guards.calls("acme", SHORT);
    Object guarded = guarded(port, doing(port, this::hang), calls);
    try {
      method.invoke(guarded, arguments(method));
      assertThat(method.getReturnType()).isEqualTo(void.class);
    } catch (java.lang.reflect.InvocationTargetException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              PluginException.class,
              thrown -> assertThat(thrown.reason()).isEqualTo(Reason.TIMED_OUT));
    }
    assertThat(calls.faults()).extracting(PluginFault::hangs).containsExactly(true);
  }

  @Test
  void aListWithNullIsRefused() {
    KeyTransport transport =
        new GuardedKeyTransport(
            doing(KeyTransport.class, () -> Arrays.asList((Object) null)),
            Guards.calls("acme", LONG));
    assertThatThrownBy(transport::listKeys)
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("\"acme\"");
  }

  @Test
  void aCancelledExchangeThatGoesOnIsGivenUpLongBeforeItsTimeout() {
    CountDownLatch begun = new CountDownLatch(1);
    KeyConnection plain =
        doing(
            KeyConnection.class,
            () -> {
              begun.countDown();
              return hang();
            });
    KeyConnection connection = new GuardedKeyConnection(plain, Guards.calls("acme", SHORT));
    Thread canceller =
        new Thread(
            () -> {
              assertThat(begun).satisfies(CountDownLatch::await);
              connection.cancel();
            });
    canceller.start();

    assertThatThrownBy(
            () -> connection.exchange(REQUEST, Duration.ofDays(1), KeepAliveListener.NONE))
        .isInstanceOf(PluginException.class);
    assertThatThrownBy(
            () -> connection.exchange(REQUEST, Duration.ofDays(1), KeepAliveListener.NONE))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("exchange");
  }

  @Test
  void aRegistrationThatBeginsTooLateIsCancelled() throws Exception {
    RegistrationTicket ticket = new RegistrationTicket("u1", "f1");
    CompletableFuture<Object> cancelled = new CompletableFuture<>();
    IdentityProvider plain =
        doing(
            IdentityProvider.class,
            (self, method, arguments) -> {
              if (method.getName().equals("cancelRegistration")) {
                cancelled.complete(arguments[0]);
                return null;
              }
              hang();
              // As of a plugin that keeps the interrupt for its caller.
              Thread.currentThread().interrupt();
              return begun(ticket);
            });
    IdentityProvider provider = new GuardedIdentityProvider(plain, Guards.calls("acme", SHORT));
    assertThatThrownBy(() -> provider.beginRegistration("u1"))
        .isInstanceOfSatisfying(
            PluginException.class,
            thrown -> assertThat(thrown.reason()).isEqualTo(Reason.TIMED_OUT));
    assertThat(cancelled).isNotDone();

    end.countDown();

    assertThat(cancelled.get(30, TimeUnit.SECONDS)).isEqualTo(ticket);
  }

  private static PendingRegistration begun(RegistrationTicket ticket) {
    CredentialCreationOptions options =
        new CredentialCreationOptions(
            new RelyingParty("example.org", "Example"),
            new UserEntity(Bytes.of(new byte[] {1}), "u1", ""),
            Bytes.of(new byte[16]).toBase64Url(),
            List.of(-7),
            List.of(),
            Requirement.REQUIRED,
            Requirement.REQUIRED,
            Attestation.DIRECT);
    return new PendingRegistration(ticket, options, "https://example.org", Optional.empty());
  }

  @Test
  void signsOfLifeArePassedOnUntilTheExchangeIsOver() {
    List<Status> heard = new ArrayList<>();
    KeepAliveListener[] kept = new KeepAliveListener[1];
    KeyConnection plain =
        new KeyConnection() {
          @Override
          public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
            kept[0] = listener;
            listener.onKeepAlive(Status.USER_PRESENCE_NEEDED);
            return new byte[] {0};
          }

          @Override
          public void cancel() {}

          @Override
          public void close() {}
        };
    KeyConnection connection = new GuardedKeyConnection(plain, Guards.calls("acme", LONG));

    assertThat(connection.exchange(REQUEST, Duration.ofSeconds(1), heard::add)).hasSize(1);
    kept[0].onKeepAlive(Status.PROCESSING);

    assertThat(heard).containsExactly(Status.USER_PRESENCE_NEEDED);
  }

  @Test
  void aFailureOfTheServersListenerIsItsCallersAndNoFaultOfThePlugin() {
    ForeignCalls calls = Guards.calls("acme", LONG);
    KeyConnection plain =
        doing(
            KeyConnection.class,
            (self, method, arguments) -> {
              ((KeepAliveListener) arguments[2]).onKeepAlive(Status.PROCESSING);
              return new byte[] {0};
            });
    Error failure = new Error("the server's own");

    assertThatThrownBy(
            () ->
                new GuardedKeyConnection(plain, calls)
                    .exchange(
                        REQUEST,
                        LONG,
                        status -> {
                          throw failure;
                        }))
        .isSameAs(failure);
    assertThat(calls.faults()).isEmpty();
  }

  @Test
  void aListThatHangsIsToldByTheWatchOfATransportWithoutOneOfItsOwn() throws Exception {
    KeyTransport transport =
        new GuardedKeyTransport(
            new Listing() {
              @Override
              public List<KeyDescriptor> listKeys() {
                hang();
                return List.of();
              }
            },
            Guards.calls("acme", SHORT));
    java.util.concurrent.CompletableFuture<PluginException> told =
        new java.util.concurrent.CompletableFuture<>();
    KeyWatchListener listener =
        new KeyWatchListener() {
          @Override
          public void onKeys(List<KeyDescriptor> keys) {
            told.completeExceptionally(new AssertionError(keys));
          }

          @Override
          public void onProblem(PluginException problem) {
            told.complete(problem);
          }
        };
    try (KeyWatch watch = transport.watch(listener)) {
      assertThat(told.get()).hasMessageContaining("\"acme\" does not answer");
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void newsOfAWatchWithoutKeysOrWithNullAmongThemIsAProblem() {
    ForeignCalls calls = Guards.calls("acme", LONG);
    List<String> heard = new ArrayList<>();
    KeyWatchListener listener =
        new GuardedKeyWatchListener(
            new KeyWatchListener() {
              @Override
              public void onKeys(List<KeyDescriptor> keys) {
                heard.add("keys");
              }

              @Override
              public void onProblem(PluginException problem) {
                heard.add(String.valueOf(problem.getMessage()));
              }
            },
            calls);

    listener.onKeys(null);
    listener.onKeys(Arrays.asList((KeyDescriptor) null));
    listener.onProblem(null);
    listener.onKeys(List.of(new KeyDescriptor("1", "Key", "port 1", Optional.empty())));

    assertThat(heard).hasSize(4).last().isEqualTo("keys");
    assertThat(heard.subList(0, 3)).allMatch(text -> text.contains("\"acme\""));
  }

  /** A transport that inherits its watch. */
  private abstract static class Listing implements KeyTransport {
    @Override
    public KeyConnection open(String keyId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
