"""Red flags in words: what you told, what it may be, who should look, how soon, and what to do until then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from niggle.core.outcomes import Urgency
from niggle.core.reasons import FactValue
from niggle.core.red_flags import FlagHit, Lock
from niggle.wording.places import number, place, where, your
from niggle.wording.units import Units, days, pain

Sentence = Callable[[Mapping[str, FactValue], Units], str]

EMERGENCY_TITLE: Final = "Get medical help now"
EMERGENCY_NOW: Final[Mapping[str, str]] = {
    "RF-01": "Stop. Call your emergency number now. Sit down, do not drive, and do not stay alone.",
    "RF-02": "Go to an emergency department now. An infection can spread within hours.",
    "RF-03": "Go to an emergency department now. Put no weight on the foot.",
    "RF-04": "Go to an emergency department now. Keep the leg level with your heart and do not wrap it.",
    "RF-05": "Go to an emergency department now. Keep the leg level with your heart and do not wrap it.",
    "RF-06": "Go to an emergency department now. Do not wait for an appointment.",
    "RF-07": "Go to an emergency department now. Put no weight on the leg and keep it still.",
    "RF-66": "Go to an emergency department now. Do not massage the calf.",
    "RF-68": "Call your emergency number now. Get into shade, take off clothing, cool with water all over.",
    "RF-69": "Go to an emergency department now and say what effort came before. Take no painkillers.",
    "RF-70": "Call your emergency number now. Do not drive and do not stay alone. No running before you are seen.",
    "RF-71": "Call your emergency number now. Sit upright and do not stay alone.",
    "RF-72": "Call your emergency number now. Do not stay alone, and do not drink large amounts of water.",
    "RF-73": "Go to an emergency department now. An infected joint is damaged within a day or two.",
    "RF-74": "Go to an emergency department now. Do not wait for an appointment.",
    "RF-75": "Go to an emergency department now. Keep the leg still and do not put it up.",
    "RF-76": "Go to an emergency department now. Keep the leg level with your heart and do not wrap it.",
    "RF-77": "Go to an emergency department now. Do not massage the calf.",
    "RF-78": "Go to an emergency department now. Do not massage the calf.",
    "RF-79": "Go to an emergency department now. Put no weight on the foot.",
    "RF-89": "Go to an emergency department now. Do not push the bulge back; eat and drink nothing until you are seen.",
    "RF-90": "You are not alone with this: talk to somebody now. Call your emergency number or a crisis line (US and "
    "Canada 988, UK and Ireland 116 123, elsewhere findahelpline.com), and stay with somebody you trust.",
    "RF-91": "Stop. Call your emergency number now. Sit down, do not drive, and do not stay alone.",
    "RF-94": "Go to an emergency department now and say when it began. Hours count; eat and drink nothing until then.",
    "RF-92": "Call your emergency number now and say when it began. Every minute counts, even if it passes.",
    "RF-95": "Go to an emergency department now, as triage told you. Do not wait for an appointment.",
}


def _said(text: str) -> Sentence:
    """A sentence in which {place} stands for the place and {days} for how long it has hurt."""

    def sentence(facts: Mapping[str, FactValue], units: Units) -> str:
        age = number(facts, "stuck_days") or number(facts, "symptom_days")
        filled = text.replace("{days}", days(age) if age is not None else "some time")
        score = number(facts, "score")
        filled = filled.replace("{pain}", pain(score) if score is not None else "high")
        spot = where(facts)
        filled = filled.replace("Your {place}", your(spot)).replace("{place}", spot)
        filled = filled.replace("{er}", "Go to an emergency department now.")
        return filled[0].upper() + filled[1:]

    return sentence


_TEXTS: Final[Mapping[str, str]] = {
    "RF-01": "Chest pain, dizziness or severe breathlessness is no running injury. Call your emergency number now.",
    "RF-02": "{er} Fever with a sore place, or a red, warm, very sore spot, can be an infection.",
    "RF-03": "{er} A pop at the Achilles or no push-off can be a torn tendon (rupture).",
    "RF-04": "{er} Rising pressure or numbness after an accident can be a compartment syndrome.",
    "RF-05": "{er} Swelling or numbness that stays after you stop can be a compartment syndrome.",
    "RF-06": "{er} Bladder or bowel trouble or a numb saddle can mean pressed nerves (cauda equina).",
    "RF-07": "{er} A leg that takes no weight after a fall, or a moved bone, may be broken.",
    "RF-66": "{er} A swollen, warm, sore calf without a reason can be a blood clot (thrombosis).",
    "RF-68": "Collapse, confusion or great heat can be heat stroke. Call your emergency number and cool down now.",
    "RF-08": "Pain that makes you limp or changes your stride ends running for now. Have it looked at.",
    "RF-09": "One sudden sharp pain can be a tear. Stop running and have it looked at.",
    "RF-10": "A pop, or a leg that gave way, can be a tear (rupture). Do not run; be seen today.",
    "RF-11": "Pain at rest or at night is more than soreness. Do not run until somebody has looked at it.",
    "RF-12": "One sore spot on a bone with another sign fits bone stress. Do not run; have it imaged.",
    "RF-13": "Your {place} is a place where bone stress heals badly. Do not run; be seen today.",
    "RF-14": "Groin pain can come from the neck of the hip bone. Do not run, spare the leg, and be seen today.",
    "RF-15": "A swollen joint has something wrong inside until shown otherwise. Do not run; have it looked at.",
    "RF-16": "A large bruise can mean torn tissue. Do not run; have it looked at.",
    "RF-17": "A joint that locks, catches, gives way or feels loose needs a look. Do not run.",
    "RF-18": "A knee that locks or buckles, or hurts sharply after a twist, is not runner's knee. Have it looked at.",
    "RF-19": "Numbness, tingling or weakness comes from a nerve or a pressed muscle. Do not run; have it looked at.",
    "RF-20": "A foot that drops or cannot be lifted needs a doctor today. Do not run.",
    "RF-21": "Back pain with shooting pain, numbness or weakness in the leg points to a nerve. Have it looked at.",
    "RF-22": "With your bone history, back pain may be a stress fracture (sacrum). Do not run; have it looked at.",
    "RF-23": "A dent in the muscle, or one that cannot tense, can be a complete tear. Be seen today.",
    "RF-24": "Not being able to walk after a strain can be a severe tear. Be seen today.",
    "RF-25": "A tear high up at the sit bone can pull the tendon off the bone (avulsion). Have it looked at.",
    "RF-26": "A calf strain with a pop or a bruise needs a look. Do not run.",
    "RF-27": "An ankle that takes no weight, or is sore on the bone, needs an X-ray today (Ottawa rules).",
    "RF-28": "You say it does not feel right. That counts: do not run, and have it looked at.",
    "RF-31": "Pain that climbs although you run less, or still a sharp hop after easier weeks, needs a look.",
    "RF-32": "Pain that rises with running, stays, and has a sore spot or wakes you fits bone stress. Pause running.",
    "RF-33": "Sharp pain on the way back from a stress fracture: stop, and go back to the doctor who treats it.",
    "RF-R03": "A normal X-ray does not rule out a young stress fracture. Ask for an MRI or a bone scan; do not run.",
    "RF-67": "Night pain with weight loss, feeling ill or an earlier cancer needs a doctor today.",
    "RF-K1": "Lasting pain with a limp or swelling is not growing pains. A doctor looks at it before any exercises.",
    "RF-K2": "A young hamstring that feels fine can tear again. Have strength tested before you sprint.",
    "RF-K3": "Under 18 a limp or a swollen joint is for a professional first. Show this to a parent or guardian.",
    "RF-29": "You rated it {pain}. From 6 on, book a doctor's appointment.",
    "RF-30": "It disturbs your daily life. Book a doctor's appointment.",
    "RF-34": "Missed periods or eating too little cost bone (RED-S). Book a doctor and a dietitian.",
    "RF-35": "Several days of rest have not eased it ({days} so far). Have it looked at.",
    "RF-36": "Your {place} has hurt for {days}, and nothing says it is clearly better. See a professional.",
    "RF-37": "Your morning stiffness grows although you run less. Have the Achilles looked at.",
    "RF-38": "Your shin has hurt for {days} and does not shift. See a sports physician.",
    "RF-39": "Your knee has hurt for {days} without progress. Have it looked at.",
    "RF-40": "Your outer knee has hurt for {days} and does not back down. See a physiotherapist.",
    "RF-41": "Your {place} has hurt for {days} despite home care. See a podiatrist or sports physician.",
    "RF-42": "Heel pain at night or with numbness may come from a nerve. Book an appointment.",
    "RF-43": "A numb foot, or calf pain only under effort, for {days}: have nerve and artery checked.",
    "RF-44": "Tight after ten minutes and gone minutes after stopping, again: ask for a pressure test of the leg.",
    "RF-45": "Your strain has made no progress for {days}. See a physiotherapist.",
    "RF-46": "Your ankle still wobbles or hurts after {days}. Have it looked at.",
    "RF-47": "Your hip has clicked for {days}. Have its rim (labrum) looked at.",
    "RF-48": "Your outer hip has hurt for {days}. See a physiotherapist.",
    "RF-49": "Hip or buttock pain that is sharp, worsening or numb: book a doctor's appointment.",
    "RF-50": "Groin or lower-belly pain for {days} that comes back with a sprint or cough: see a sports physician.",
    "RF-51": "Your back pain is severe or has not improved. See a doctor or physiotherapist.",
    "RF-52": "Your Achilles does not improve, or nobody knows how bad it is. Have it looked at.",
    "RF-53": "Constant pain under a black nail: see a doctor in the next days. Do not drain it at home.",
    "RF-54": "You have been injured again and again. Have strength, stride and shoes looked at.",
    "RF-55": "Your bones may be at risk. Ask a doctor about a bone-density scan (DXA) before you build up.",
    "RF-69": "{er} Urine like cola after an effort can be muscle breakdown that harms the kidneys.",
    "RF-70": "Fainting in or after a run can come from the heart. Call your emergency number now; no running.",
    "RF-71": "Coughing blood or a stab on breathing in can be a clot in the lung. Call your emergency number now.",
    "RF-72": "Confusion, or strong headache with vomiting, is an emergency. Call your emergency number now.",
    "RF-73": "{er} A joint that is hot, red and swollen can be infected.",
    "RF-74": "{er} Both legs weak or numb can mean pressed nerves or spinal cord.",
    "RF-75": "{er} A cold or pale foot after an injury or at rest may be without blood.",
    "RF-76": "{er} Pain far beyond the injury, or agony on moving the foot, can be a compartment syndrome.",
    "RF-77": "{er} One leg clearly thicker than the other can be a blood clot (thrombosis).",
    "RF-78": "{er} With your risk of a clot, calf pain at rest or with swelling can be a thrombosis.",
    "RF-79": "{er} A foot that stays still when the calf is squeezed means a torn Achilles (rupture).",
    "RF-80": "Muscles swollen, hard and weak after a huge effort: see a doctor today. Dark urine: go at once.",
    "RF-81": "A heart that races or stumbles without a reason is checked today. Do not run until then.",
    "RF-82": "Pus means an infection. See a doctor today; with fever or spreading redness go at once.",
    "RF-83": "A foot that turns cold or pale may have a squeezed artery. Do not run; have the flow checked.",
    "RF-84": "These antibiotics can weaken tendon so that it tears. Do not run; ask the doctor who prescribed them.",
    "RF-85": "A bone that hurts under load and too little energy go together. Do not run; have it imaged.",
    "RF-86": "A leg that has become weaker points to a nerve. Do not run; have it looked at. A dropping foot: today.",
    "RF-87": "Your {place} is a place where bone stress heals badly. Do not run; have it imaged.",
    "RF-88": "A red, sore eye is seen by an eye doctor today. Tell there about your back or heel too.",
    "RF-89": "{er} A bulge that does not go back can be bowel that is caught.",
    "RF-90": "Thoughts of harming yourself come before any injury. Call a crisis line or your emergency number now.",
    "RF-91": "An ache of jaw, throat or arm that comes with effort can be the heart. Call your emergency number now.",
    "RF-92": "A drooping face, slurred speech or a weak arm can be a stroke. Call your emergency number now.",
    "RF-93": "A scan that showed bone stress or a break is the word of whoever ordered it. Do not run until then.",
    "RF-94": "{er} Sudden or strong pain in a testicle can be one that has twisted. Hours count.",
    "RF-95": "{er} What you told triage is an emergency until somebody has looked at it.",
    "RF-96": "What you told triage should be looked at within days. Do not run until then.",
    "RF-R10": "Running stays locked until you record a clinician's clearance, with name and date.",
    "RF-X05": "Your tingling is known and cleared, and no more than usual, so it does not stop you. New tingling does.",
    "RF-X06": "Swelling and bruising fit a fresh sprain. No bone sign: no X-ray for now. No running while it lasts.",
    "RF-X07": "Redness kept to a blister is for care at home. Look daily; if it spreads or you get fever, go now.",
    "RF-X08": "Your clinician knows this limp. Running stays locked while it lasts.",
}  # fmt: skip

SENTENCES: Final[dict[str, Sentence]] = {rule: _said(text) for rule, text in _TEXTS.items()}

STEPS: Final[Mapping[str, str]] = {
    "RF-N1": "Stop running for now.",
    "RF-N2": "Get it checked: sharp bone pain by an orthopaedist, pain nobody can place by a sports doctor or physio.",
    "RF-N3": "Do not see imaging as too much: X-ray for bone (it can miss early stress fractures), MRI to be sure.",
    "RF-N4": "Follow the advice, even if it is six weeks off. Ask which training is allowed: swim, bike, pool run.",
    "RF-N5": "Once cleared, ease in. Never jump back to where you were.",
}
GUARDIAN: Final = "You are under 18: show this to a parent or guardian."


def how_soon(hit: FlagHit) -> str:
    """Now, today, within days, or by appointment."""
    if hit.urgency is Urgency.EMERGENCY and not hit.carried:
        return "now"
    if hit.within_hours is not None and hit.within_hours <= 24:
        return "today"
    if hit.within_hours is not None or hit.urgency >= Urgency.URGENT:
        return "within three days"
    return "by appointment"


def _listed(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def suspects(found: Iterable[str]) -> tuple[str, ...]:
    """What it may be, each once, without those of which nothing can be said: "it may be" needs a name.

    "bone stress or another cause" is not said beside "a bone stress injury", which names the same more closely.
    """
    named = dict.fromkeys(s for s in found if not s.startswith(("not to be told", "unknown")))
    return tuple(s for s in named if not any(_bare(o).startswith(f"{_bare(s)} ") for o in named))


def _bare(suspect: str) -> str:
    return suspect.removeprefix("a ").removesuffix(" or another cause")


def referral(hit: FlagHit) -> str:
    """Who should look at it, how soon, what they may test, and what it may be. One or two short sentences."""
    tests = f" They may want: {', '.join(hit.tests)}." if hit.tests else ""
    named = suspects((hit.suspect,))
    suspect = f" It may be: {named[0]}." if named else ""
    return f"See {_listed(hit.see)} {how_soon(hit)}.{tests}{suspect}"


def next_steps(hit: FlagHit) -> tuple[str, ...]:
    """The five steps, where they apply; for an emergency the one thing to do now."""
    if hit.urgency is Urgency.EMERGENCY:
        return (EMERGENCY_NOW.get(hit.rule, "Get medical help now."),)
    return tuple(STEPS[step] for step in hit.steps)


_LEAD: Final = "Go to an emergency department now. "
_NOTHING_MORE: Final = frozenset({"Do not wait for an appointment."})
_TRIAGE_EMERGENCY: Final = "RF-95"


def until_then(urgency: Urgency) -> str:
    """What stands above the things to do before somebody has looked."""
    return "Until help is there" if urgency is Urgency.EMERGENCY else "Tonight"


def first_aid(rules: Iterable[str], told: Iterable[str] = ()) -> tuple[str, ...]:
    """What to do and not to do until help is there, below a title that already says to get it.

    rules: of the emergencies. told: what triage said to do, where the emergency was told there.
    """
    told = tuple(told)
    lines = [EMERGENCY_NOW[r] for r in rules if r in EMERGENCY_NOW and not (told and r == _TRIAGE_EMERGENCY)]
    short = [line.removeprefix(_LEAD) for line in lines]
    return tuple(dict.fromkeys([*(line for line in short if line not in _NOTHING_MORE), *told]))


def lock_sentence(lock: Lock) -> str:
    """Why running is locked, since when, and what opens it."""
    spot = place(lock.site, lock.side)
    return (
        f"Running is locked since {lock.since.isoformat()} ({spot}). It opens when you record a clinician's clearance, "
        "with name and date."
    )
