package dev.keysmith.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keysmith.core.apitoken.ApiTokens;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllowedTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.keysmith.core");

  @RegisterExtension final Core core = new Core().unnamed();

  private final RequestContextController request = core.get(RequestContextController.class);

  @BeforeEach
  void begin() {
    request.activate();
  }

  @AfterEach
  void end() {
    request.deactivate();
  }

  private static Stream<JavaMethod> methods() {
    return CLASSES.stream()
        .filter(type -> type.isAnnotatedWith(ApplicationScoped.class))
        .flatMap(type -> type.getMethods().stream());
  }

  static Stream<Method> guarded() {
    return methods()
        .filter(method -> method.isAnnotatedWith(Allowed.class))
        .map(JavaMethod::reflect);
  }

  /** Each action is for some roles, and the audit log records it. */
  @Test
  void saysOfEachActWhoMayDoIt() {
    List<JavaMethod> acts =
        methods()
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> !method.getOwner().isEquivalentTo(Audit.class))
            .filter(method -> !method.getOwner().isEquivalentTo(Refusals.class))
            .filter(
                method ->
                    method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Actor.class)))
            .toList();

    assertThat(acts).hasSizeGreaterThan(50);
    assertThat(acts).allMatch(method -> method.isAnnotatedWith(Allowed.class), "is @Allowed");
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void letsOnlyTheRolesPassThatAreNamed(Method method) {
    Set<Role> allowed = EnumSet.copyOf(Arrays.asList(method.getAnnotation(Allowed.class).value()));

    for (Role role : Role.values()) {
      core.get(Caller.class).is(role);
      assertThat(isRefused(method)).as("%s: %s", role, method).isEqualTo(!allowed.contains(role));
    }
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void refusesACallWithoutACaller(Method method) {
    assertThat(isRefused(method)).as("in an anonymous request: %s", method).isTrue();
    request.deactivate();
    assertThat(isRefused(method)).as("outside of requests: %s", method).isTrue();
    request.activate();
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void letsOtherCallersPassWhereTheyAreNamed(Method method) {
    List<NamedCaller> named = Arrays.asList(method.getAnnotation(Allowed.class).also());
    core.get(Caller.class).is(Role.ADMINISTRATOR);

    for (NamedCaller each : NamedCaller.values()) {
      boolean refused = each.call(() -> isRefused(method));
      boolean mayCall = each == NamedCaller.SERVER || named.contains(each);
      assertThat(refused).as("%s: %s", each, method).isEqualTo(!mayCall);
    }
  }

  /** With no arguments: an allowed caller finds them wrong, and changes nothing. */
  private boolean isRefused(Method method) {
    Object[] nothing =
        Arrays.stream(method.getParameterTypes()).map(AllowedTest::nothing).toArray();
    Object bean = core.get(method.getDeclaringClass());
    Throwable thrown = catchThrowable(() -> method.invoke(bean, nothing));
    return thrown instanceof InvocationTargetException
        && thrown.getCause() instanceof ProblemException problem
        && problem.code().equals("sign-in.role-missing");
  }

  private static Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == long.class ? (Object) 0L : null;
  }

  @Test
  void writesTheRefusalDown() {
    core.get(Caller.class).comesFrom("192.0.2.1");
    core.get(Caller.class).is(Role.AUDITOR);
    assertThatThrownBy(() -> core.get(ApiTokens.class).list()).isInstanceOf(ProblemException.class);

    assertThat(core.get(Audit.class).list(PageRequest.first().with("action", "access.")).items())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.subject().label()).isEqualTo("ApiTokens.list");
              assertThat(entry.details()).containsEntry("address", "192.0.2.1");
            });
  }

  @Test
  void saysSoToThePerson() {
    core.get(Caller.class).is(Role.AUDITOR);
    assertThatThrownBy(() -> core.get(ApiTokens.class).list())
        .isInstanceOf(ProblemException.class)
        .hasMessage("sign-in.role-missing");
  }
}
