noinst_LIBRARIES += src/domain/libdomain.a
src_domain_libdomain_a_SOURCES = \
	src/domain/act.c \
	src/domain/decide.c \
	src/domain/decide_allowed.c \
	src/domain/decide_assign.c \
	src/domain/decide_clocks.c \
	src/domain/decide_fix.c \
	src/domain/decide_register.c \
	src/domain/due.c \
	src/domain/due_parse.c \
	src/domain/effect.c \
	src/domain/evolve.c \
	src/domain/field.c \
	src/domain/filter.c \
	src/domain/filter_names.c \
	src/domain/filter_parse.c \
	src/domain/filter_text.c \
	src/domain/filter_value.c \
	src/domain/guard.c \
	src/domain/incident.c \
	src/domain/kind.c \
	src/domain/mask.c \
	src/domain/party.c \
	src/domain/rules.c \
	src/domain/rules_show.c \
	src/domain/workday.c
noinst_HEADERS += \
	src/domain/decide_priv.h \
	src/domain/filter_priv.h \
	include/zhiban/domain/act.def \
	include/zhiban/domain/act.h \
	include/zhiban/domain/argument.def \
	include/zhiban/domain/attr.def \
	include/zhiban/domain/clock.def \
	include/zhiban/domain/decide.h \
	include/zhiban/domain/due.h \
	include/zhiban/domain/effect.h \
	include/zhiban/domain/field.h \
	include/zhiban/domain/filter.h \
	include/zhiban/domain/guard.def \
	include/zhiban/domain/incident.def \
	include/zhiban/domain/incident.h \
	include/zhiban/domain/kind.h \
	include/zhiban/domain/link.def \
	include/zhiban/domain/org.def \
	include/zhiban/domain/part.def \
	include/zhiban/domain/party.h \
	include/zhiban/domain/person.def \
	include/zhiban/domain/profile.def \
	include/zhiban/domain/rules.h \
	include/zhiban/domain/workday.h
