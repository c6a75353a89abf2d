# Sourced by the root scripts: finds the newest JDK on this machine. Needs `die`.
# Sets java (the program to run), feature (17), jdk_version (17.0.15), build_jdk (the home of a JDK to build with).

# The version that a JDK's release file states, or nothing. Reading it costs no process, asking java costs a start.
version_of() {
  version=
  [ -x "$1/bin/java" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) version=${line#JAVA_VERSION=} ;; esac
    done <"$1/release"
    version=${version#\"}
    version=${version%\"*}
  fi
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)
  [ -n "$version" ]
}

# 17 from 17.0.15 or 17-ea; 1 from 1.8.0, which is too old anyway.
feature_of() {
  feature_number=${1%%[!0-9]*}
  echo "${feature_number:-0}"
}

# Comparable: 17.0.15 becomes 17000015.
rank_of() {
  old_ifs=$IFS
  IFS=.-+_
  # shellcheck disable=SC2086 # split on purpose
  set -- $1
  IFS=$old_ifs
  case ${2:-} in *[!0-9]*) set -- "$1" 0 0 ;; esac
  case ${3:-} in *[!0-9]*) set -- "$1" "$2" 0 ;; esac
  echo $((${1:-0} * 1000000 + ${2:-0} * 1000 + ${3:-0}))
}

consider() {
  version_of "$1" || return 0
  seen="$seen $version"
  [ "$(feature_of "$version")" -ge 17 ] && [ -x "$1/bin/javac" ] || return 0
  rank=$(rank_of "$version")
  [ "$rank" -gt "$best_rank" ] || return 0
  best_rank=$rank best=$1 best_version=$version
}

home_of() {
  program=$1
  while [ -h "$program" ]; do
    link=$(readlink "$program")
    case $link in
      /*) program=$link ;;
      *) program=$(dirname "$program")/$link ;;
    esac
  done
  dirname "$(dirname "$program")"
}

# Where JDKs are usually put.
consider_usual_places() {
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/* /opt/homebrew/opt/openjdk*; do
    consider "$candidate"
  done
}

find_newest_jdk() {
  best= best_rank=0 best_version= seen=
  [ -z "${JAVA_HOME:-}" ] || consider "$JAVA_HOME"
  ! command -v java >/dev/null 2>&1 || consider "$(home_of "$(command -v java)")"
  consider_usual_places
}

choose_jdk() {
  find_newest_jdk
  build_jdk=$best
  if [ -n "${TIERDRILL_JAVA:-}" ]; then
    [ ! -d "$TIERDRILL_JAVA" ] || TIERDRILL_JAVA=$TIERDRILL_JAVA/bin/java
    [ -x "$TIERDRILL_JAVA" ] || die "TIERDRILL_JAVA is $TIERDRILL_JAVA, which is no program; give a java, or its JDK's folder"
    version_of "$(home_of "$TIERDRILL_JAVA")" || die "TIERDRILL_JAVA is $TIERDRILL_JAVA, which does not tell its version"
    [ "$(feature_of "$version")" -ge 17 ] || die "TIERDRILL_JAVA is Java $version; Java 17 or newer is needed"
    java=$TIERDRILL_JAVA jdk_version=$version
    [ ! -x "$(home_of "$java")/bin/javac" ] || build_jdk=$(home_of "$java")
  else
    [ -n "$best" ] || die "found no JDK 17 or newer (seen:${seen:- none}); install one, or point TIERDRILL_JAVA at it"
    java=$best/bin/java jdk_version=$best_version
  fi
  feature=$(feature_of "$jdk_version")
  [ -n "$build_jdk" ] || die "found a Java runtime but no JDK with javac to build with; install a JDK 17 or newer"
}
