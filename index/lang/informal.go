package lang

import "strings"

// Informal gives the usual spellings of a word as people type it in a chat,
// folded: "params" is "parameters". Nil where it has no other.
func Informal(word string) []string { return informal[word] }

var informal = pairs(`
	2day=today 2moro=tomorrow abt=about acct=account addr=address admin=administrator
	algo=algorithm algos=algorithms amt=amount app=application approx=approximately apps=applications arch=architecture
	attn=attention auth=authentication avg=average bc=because bday=birthday calc=calculate
	cert=certificate chars=characters cmd=command cmds=commands config=configuration
	configs=configurations cos=because coz=because cuz=because db=database dept=department desc=description dev=developer
	devs=developers  dirs=directories dl=download doc=document docs=documents env=environment
	est=estimate exe=executable exec=execute fav=favourite func=function funcs=functions gov=government govt=government hr=hour hrs=hours
	img=image imgs=images impl=implementation info=information intro=introduction lang=language langs=languages lib=library libs=libraries
	lol=laugh max=maximum mem=memory mgmt=management mgr=manager min=minimum mins=minutes misc=miscellaneous
	msg=message msgs=messages nr=number num=number nums=numbers  ops=operations org=organization orgs=organizations
	param=parameter params=parameters perf=performance perm=permission perms=permissions pic=picture pics=pictures pkg=package
	ppl=people prob=problem probs=problems prod=production prof=professor prog=program pwd=password qty=quantity  refs=references
	repo=repository repos=repositories req=requirement reqs=requirements sec=second secs=seconds spec=specification specs=specifications
	src=source stats=statistics std=standard sync=synchronize sys=system tech=technology
	tmrw=tomorrow tut=tutorial univ=university util=utility vars=variables vid=video vids=videos vol=volume
	vs=versus wen=when wk=week wks=weeks yr=year yrs=years zh=chinese`)

func pairs(text string) map[string][]string {
	m := map[string][]string{}
	for f := range strings.FieldsSeq(text) {
		from, to, _ := strings.Cut(f, "=")
		m[from] = strings.Split(to, "|")
	}
	return m
}
